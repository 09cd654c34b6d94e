package app

import "github.com/engawa/engawa/internal/id"

// EventDeployed is the kind of the event that an app's settings went live.
const EventDeployed = "app.deployed"

// DeployedEvent is what EventDeployed carries.
type DeployedEvent struct {
	App id.App `json:"app"`
}

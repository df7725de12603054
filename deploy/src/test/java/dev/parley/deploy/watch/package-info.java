/** Alerts, recording rules and dashboards ask for metrics that the services have, and say what to do. */
package dev.parley.deploy.watch;

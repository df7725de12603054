/** The Helm chart and the plain manifests agree with the services that they deploy. */
package dev.parley.deploy.chart;

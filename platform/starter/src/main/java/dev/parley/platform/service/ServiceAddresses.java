package dev.parley.platform.service;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Where the services are. */
@ConfigurationProperties("parley.services")
public record ServiceAddresses(URI auth, URI conversation, URI message, URI presence) {}

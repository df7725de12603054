package dev.parley.gateway.node;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where sockets are held.
 *
 * @param presenceNodes the address of every presence-service, spelled the same, in any order, at every gateway; none
 *     means the one of {@code parley.services.presence}
 */
@ConfigurationProperties("parley.gateway")
record NodeSettings(@DefaultValue List<URI> presenceNodes) {}

package dev.parley.platform.service;

import java.util.function.UnaryOperator;
import reactor.netty.http.client.HttpClient;

/** Changes the HTTP client with which the services call each other. Declared as a bean. */
@FunctionalInterface
public interface HttpClientCustomizer extends UnaryOperator<HttpClient> {}

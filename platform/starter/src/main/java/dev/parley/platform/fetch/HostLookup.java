package dev.parley.platform.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host. It may block. */
@FunctionalInterface
interface HostLookup {

    /** @return at least one */
    InetAddress[] lookUp(String host) throws UnknownHostException;
}

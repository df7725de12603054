package dev.parley.standalone.backing;

import com.mongodb.ConnectionString;
import com.mongodb.ServerAddress;
import dev.parley.platform.boot.MissingPart;
import dev.parley.platform.boot.Reachability;
import dev.parley.platform.boot.StartupException;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.common.config.ConfigException;

/** The store and the broker that the user names: one that is away is told of before anything is started. */
public final class GivenParts {

    private static final String REFUSED = "Parley cannot start: ";

    private GivenParts() {}

    /** @throws StartupException if one of them takes no connections */
    public static void require(BackingOptions options) {
        if (options.mongoUri() != null) {
            requireStore(options.mongoUri());
        }
        if (options.kafkaServers() != null && !reachable(options.kafkaServers())) {
            throw new StartupException(REFUSED + MissingPart.noBroker(options.kafkaServers()));
        }
    }

    private static void requireStore(String uri) {
        ConnectionString address = address(uri);
        List<InetSocketAddress> servers = address.getHosts().stream()
                .map(ServerAddress::new)
                .map(server -> new InetSocketAddress(server.getHost(), server.getPort()))
                .toList();
        // The servers behind a name of the other kind are looked up by the driver.
        if (!address.isSrvProtocol() && !Reachability.awaitAnyOf(servers)) {
            throw new StartupException(REFUSED + MissingPart.noStore(String.join(", ", address.getHosts())));
        }
    }

    /** There may be a password in it. */
    private static ConnectionString address(String uri) {
        try {
            return new ConnectionString(uri);
        } catch (IllegalArgumentException unreadable) {
            throw new StartupException(
                    REFUSED + "MONGODB_URI is no address of a MongoDB, such as mongodb://host:27017/parley");
        }
    }

    private static boolean reachable(String servers) {
        try {
            return Reachability.awaitAnyOf(
                    ClientUtils.parseAndValidateAddresses(List.of(servers.split("\\s*,\\s*")), "use_all_dns_ips"));
        } catch (ConfigException unknownHosts) {
            return false;
        }
    }
}

package dev.parley.standalone.backing;

import dev.parley.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;

/** Takes the command line of {@code mongod} and speaks its protocol, where there is no real one. */
final class StandInMongod {

    private StandInMongod() {}

    /** Makes an executable {@code mongod} in the folder. */
    static Path install(Path folder) throws IOException {
        Path executable = folder.resolve("mongod");
        Files.writeString(
                executable,
                "#!/bin/sh\nexec '%s' -cp '%s' %s \"$@\"\n"
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                System.getProperty("java.class.path"),
                                StandInMongod.class.getName()));
        Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("rwxr-xr-x"));
        return executable;
    }

    public static void main(String[] args) throws Exception {
        if (args.length != 6
                || !args[0].equals("--dbpath")
                || !args[2].equals("--bind_ip")
                || !args[3].equals("127.0.0.1")
                || !args[4].equals("--port")) {
            throw new IllegalArgumentException(String.join(" ", args));
        }
        EmbeddedStore store = EmbeddedStore.start(Path.of(args[1]).resolve("data"), Integer.parseInt(args[5]));
        Runtime.getRuntime().addShutdownHook(new Thread(store::close));
        new CountDownLatch(1).await();
    }
}

package dev.parley.platform.test;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.util.FileSystemUtils;

/**
 * Where the JVMs that tests start have their classes from: the class path of the tests, with each folder packed into a jar. Of
 * jars a JVM can take the classes in parsed form from an archive (AppCDS), which saves much of a start. A rehearsal makes
 * the archive; without it a start is only slower.
 */
public final class ChildClasses {

    /**
     * Options of a JVM that does not live so long that the second compiler pays. Where the archive lies in memory need not be
     * a secret of a test, and to move it takes time.
     */
    public static final List<String> SHORT_LIVED = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0");

    private static final Path FOLDER = Path.of("target", "child-classes").toAbsolutePath();
    private static final ChildClasses CHILDREN = new ChildClasses();

    private final Path folder;
    private final String classPath;
    private final Path archive;
    private boolean rehearsed;

    private ChildClasses() {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
        folder = FOLDER.resolve(key(entries));
        archive = folder.resolve("classes.jsa");
        Path lock = FOLDER.resolveSibling("child-classes.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = channel.lock()) {
            if (!Files.exists(folder)) {
                // Of what was built before.
                FileSystemUtils.deleteRecursively(FOLDER);
                Files.createDirectories(folder);
            }
            classPath = packed(entries);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The options of a JVM that say where its classes are. */
    public static List<String> options() {
        return options("");
    }

    /** @param moreClassPath what follows after the class path of the tests; empty for nothing */
    public static List<String> options(String moreClassPath) {
        List<String> options = new ArrayList<>();
        if (Files.exists(CHILDREN.archive)) {
            options.addAll(List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + CHILDREN.archive, "-Xlog:disable"));
        }
        options.addAll(List.of("-cp", CHILDREN.classPath + moreClassPath));
        return options;
    }

    /**
     * Makes the archive of what a program loads that ends by itself, if nobody did so since the classes were built. Returns at
     * once; what is started later is quicker.
     *
     * @param mainAndArguments of the program, for a folder that it may use
     */
    public static void rehearse(Function<Path, List<String>> mainAndArguments) throws IOException {
        CHILDREN.rehearseOnce(mainAndArguments);
    }

    private synchronized void rehearseOnce(Function<Path, List<String>> mainAndArguments) throws IOException {
        if (rehearsed || Files.exists(archive)) {
            return;
        }
        rehearsed = true;
        Path unfinished = folder.resolve("classes-" + UUID.randomUUID() + ".jsa");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SHORT_LIVED);
        command.addAll(List.of("-XX:ArchiveClassesAtExit=" + unfinished, "-Xlog:disable", "-cp", classPath));
        command.addAll(mainAndArguments.apply(folder.resolve("rehearsal-" + UUID.randomUUID())));
        FileChannel lock =
                FileChannel.open(folder.resolve("rehearsal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // The JVM beside this one may rehearse already; the end of either ends its lock.
        if (lock.tryLock() == null) {
            lock.close();
            return;
        }
        Process rehearsal = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("rehearsal.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(rehearsal::destroyForcibly));
        rehearsal.onExit().thenAccept(ended -> {
            try (lock) {
                if (ended.exitValue() == 0) {
                    Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
                } else {
                    Files.deleteIfExists(unfinished);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    /** Another one once anything was compiled again. */
    private static String key(String[] entries) {
        StringBuilder state = new StringBuilder();
        for (String entry : entries) {
            state.append(entry).append(new File(entry).lastModified());
            for (Path file : files(Path.of(entry))) {
                state.append(file).append(file.toFile().lastModified());
            }
        }
        return UUID.nameUUIDFromBytes(state.toString().getBytes()).toString();
    }

    private String packed(String[] entries) throws IOException {
        List<String> jars = new ArrayList<>();
        for (int i = 0; i < entries.length; i++) {
            Path entry = Path.of(entries[i]);
            if (!Files.isDirectory(entry)) {
                jars.add(entries[i]);
                continue;
            }
            Path jar = folder.resolve(i + ".jar");
            if (!Files.exists(jar)) {
                Path unfinished = folder.resolve(i + ".unfinished");
                pack(entry, unfinished);
                Files.move(unfinished, jar, StandardCopyOption.REPLACE_EXISTING);
            }
            jars.add(jar.toString());
        }
        return String.join(File.pathSeparator, jars);
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.setLevel(0);
            for (Path each : files(classes)) {
                String name = classes.relativize(each).toString().replace(File.separatorChar, '/');
                if (Files.isDirectory(each)) {
                    // By these Spring finds packages.
                    if (!name.isEmpty()) {
                        zip.putNextEntry(new ZipEntry(name + "/"));
                    }
                } else {
                    zip.putNextEntry(new ZipEntry(name));
                    Files.copy(each, zip);
                }
            }
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

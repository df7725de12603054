package dev.parley.standalone.backing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps other users of this machine away from files. */
public final class PrivateFiles {

    private static final Logger log = LoggerFactory.getLogger(PrivateFiles.class);

    private static final String UNFINISHED = ".new";
    private static final Set<PosixFilePermission> OF_OTHERS = Set.copyOf(PosixFilePermissions.fromString("---rwxrwx"));
    private static final Set<PosixFilePermission> OWNER_ENTERS =
            Set.copyOf(PosixFilePermissions.fromString("rwx------"));
    private static final Set<PosixFilePermission> OWNER_READS =
            Set.copyOf(PosixFilePermissions.fromString("rw-------"));

    private PrivateFiles() {}

    /** Makes a folder that only its owner can enter. One that exists is left as it is. */
    public static void createFolder(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent == null || Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(parent);
        if (hasPermissions(parent)) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ENTERS));
        } else {
            Files.createDirectory(folder);
        }
    }

    /** Makes an empty file that only its owner can read. */
    static Path createFile(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        return hasPermissions(folder)
                ? Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_READS))
                : Files.createFile(file);
    }

    /** Writes a file that only its owner can read: wholly or not at all, and onto the disk before this returns. */
    static void write(Path folder, String name, String content) throws IOException {
        Files.deleteIfExists(folder.resolve(name + UNFINISHED));
        Path unfinished = createFile(folder, name + UNFINISHED);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.US_ASCII.encode(content));
            channel.force(true);
        }
        Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Takes all permissions on a folder, and on all that is in it, from everybody but the owner. Where that is not possible the
     * log says so and the start goes on: a folder on such a file system has been chosen by whoever runs this, who may guard it
     * in another way.
     */
    static void restrict(Path folder) {
        try {
            if (!hasPermissions(folder)) {
                log.warn(
                        "The file system of {} has no POSIX permissions: keep other users of this machine away from it",
                        folder);
                return;
            }
            // The folder first: from then on nobody else gets at what is in it.
            Path real = folder.toRealPath();
            takeFromOthers(real);
            Files.walkFileTree(real, new Restriction());
            if (!permissions(real).equals(withoutOthers(permissions(real)))) {
                log.warn(
                        "The file system of {} keeps no permissions: keep other users of this machine away from it",
                        folder);
            }
        } catch (IOException refused) {
            log.warn(
                    "Other users of this machine may be able to read {}: its permissions cannot be changed ({})",
                    folder,
                    refused.toString());
        }
    }

    private static boolean hasPermissions(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class);
    }

    private static Set<PosixFilePermission> permissions(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class).permissions();
    }

    private static void takeFromOthers(Path path) throws IOException {
        Set<PosixFilePermission> present = permissions(path);
        Set<PosixFilePermission> left = withoutOthers(present);
        if (!left.equals(present)) {
            Files.setPosixFilePermissions(path, left);
        }
    }

    private static Set<PosixFilePermission> withoutOthers(Set<PosixFilePermission> permissions) {
        Set<PosixFilePermission> left = EnumSet.noneOf(PosixFilePermission.class);
        left.addAll(permissions);
        left.removeAll(OF_OTHERS);
        return left;
    }

    /** Leaves links alone: what they lead to is not part of the folder. */
    private static final class Restriction extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            return visitFile(folder, attributes);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!attributes.isSymbolicLink()) {
                takeFromOthers(file);
            }
            return FileVisitResult.CONTINUE;
        }

        /** What a stopped broker still deletes may be gone by now. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}

package dev.waymark.examples.control;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A socket in the file system that one server has at a time. Beside it is a file {@code .lock}, which the system unlocks however
 * the server ends: so a socket that a killed server left is known as such, and replaced. The socket is never there with other
 * permissions than its owner's: it is made in a folder of its own and moved.
 */
final class SocketFile implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    private final Path path;
    private final Path lockPath;
    private final FileChannel lock;
    private final ServerSocketChannel channel;

    private SocketFile(Path path, Path lockPath, FileChannel lock, ServerSocketChannel channel) {
        this.path = path;
        this.lockPath = lockPath;
        this.lock = lock;
        this.channel = channel;
    }

    /**
     * Makes the socket and listens.
     *
     * @throws BindException if another server has it, or something else is there
     */
    static SocketFile open(Path given) throws IOException {
        Path path = given.toAbsolutePath();
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isSocket(path)) {
            throw new BindException(path + " is there and is no socket");
        }
        Path lockPath = path.resolveSibling(path.getFileName() + ".lock");
        FileChannel lock = FileChannel.open(
                lockPath,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER));
        try {
            if (tryLock(lock) == null) {
                throw new BindException("another server has the control socket " + path);
            }
            return new SocketFile(path, lockPath, lock, listen(path));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static boolean isSocket(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther();
    }

    private static @Nullable FileLock tryLock(FileChannel lock) throws IOException {
        try {
            return lock.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another server in this program
        }
    }

    private static ServerSocketChannel listen(Path path) throws IOException {
        Path parent = path.getParent();
        Path folder = parent == null ? Files.createTempDirectory("w") : Files.createTempDirectory(parent, ".w");
        Path made = folder.resolve("s");
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(made));
            Files.setPosixFilePermissions(made, OWNER);
            Files.move(made, path, StandardCopyOption.ATOMIC_MOVE);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            Files.deleteIfExists(made);
            throw e;
        } finally {
            Files.delete(folder);
        }
    }

    Path path() {
        return path;
    }

    ServerSocketChannel channel() {
        return channel;
    }

    /** Stops listening and removes the files. */
    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) {
            return;
        }
        channel.close();
        Files.deleteIfExists(path);
        Files.deleteIfExists(lockPath);
        lock.close();
    }
}

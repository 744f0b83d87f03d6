package dev.holdfast.testdb;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * Finds out whether Docker is there. Testcontainers is only asked once something accepts connections where Docker would
 * be: on a machine without Docker it searches for seconds and reports each place where it found none.
 */
final class Docker {
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

    private Docker() {}

    static boolean answers() {
        return somethingListens() && DockerClientFactory.instance().isDockerAvailable();
    }

    private static boolean somethingListens() {
        String host = System.getenv("DOCKER_HOST");
        if (host != null && !host.isBlank()) {
            return listens(URI.create(host.strip()));
        }
        if (System.getProperty("os.name").startsWith("Windows")) {
            return Files.exists(Path.of("\\\\.\\pipe\\docker_engine"));
        }
        String home = System.getProperty("user.home");
        return Stream.of(
                        Path.of("/var/run/docker.sock"),
                        Path.of(Objects.requireNonNullElse(System.getenv("XDG_RUNTIME_DIR"), "/run"), "docker.sock"),
                        Path.of(home, ".docker", "run", "docker.sock"),
                        Path.of(home, ".docker", "desktop", "docker.sock"))
                .anyMatch(Docker::listens);
    }

    private static boolean listens(URI host) {
        return switch (Objects.requireNonNullElse(host.getScheme(), "")) {
            case "unix" -> listens(Path.of(host.getPath()));
            case "tcp", "http", "https" -> listens(host.getHost(), host.getPort());
            default -> true;
        };
    }

    private static boolean listens(Path socket) {
        if (!Files.exists(socket)) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean listens(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}

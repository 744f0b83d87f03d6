package dev.holdfast.testdb;

import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL in a container. */
final class DockerServer implements Server {
    private static final String IMAGE = "postgres:18-alpine";
    private static final int STOP_TIMEOUT_SECONDS = 10;

    private final PostgreSQLContainer container;

    private DockerServer(PostgreSQLContainer container) {
        this.container = container;
    }

    static DockerServer start() {
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE)
                .withDatabaseName("holdfast")
                .withUsername("holdfast")
                .withPassword("holdfast");
        // Docker would choose another port at each start; a restart must come back on the one the pools know.
        String binding = FreePort.find() + ":" + PostgreSQLContainer.POSTGRESQL_PORT;
        boolean local = DockerClientFactory.instance().dockerHostIpAddress().equals("localhost");
        container.setPortBindings(List.of(local ? "127.0.0.1:" + binding : binding));
        try {
            container.start();
        } catch (RuntimeException e) {
            container.stop();
            throw e;
        }
        return new DockerServer(container);
    }

    @Override
    public String description() {
        return "PostgreSQL in Docker (" + IMAGE + ")";
    }

    @Override
    public String jdbcUrl() {
        return container.getJdbcUrl();
    }

    @Override
    public String username() {
        return container.getUsername();
    }

    @Override
    public String password() {
        return container.getPassword();
    }

    @Override
    public boolean canRestart() {
        return true;
    }

    @Override
    public void stop() {
        container
                .getDockerClient()
                .stopContainerCmd(container.getContainerId())
                .withTimeout(STOP_TIMEOUT_SECONDS)
                .exec();
    }

    @Override
    public void startAgain() {
        container
                .getDockerClient()
                .startContainerCmd(container.getContainerId())
                .exec();
        Connections.await(jdbcUrl(), username(), password());
    }

    @Override
    public void close() {
        container.stop();
    }
}

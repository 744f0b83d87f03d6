package dev.holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OwnPoolTest {
    private final PostgresTable table = PostgresTable.create();

    @AfterEach
    void close() {
        table.close();
    }

    /** Many times over: in the wrong order, a waiting thread that is quick gets the connection all the same. */
    @Test
    void whoWaitsGetsTheConnectionThatReplacesADiscardedOne() throws Exception {
        PostgresSettings settings = ofOneConnection(table.settings());
        OwnPool pool = new OwnPool(settings, new PostgresDriver(settings, new JdbcUrl(table.url())));
        try {
            for (int i = 0; i < 20; i++) {
                Connection broken = pool.borrow();
                CompletableFuture<Connection> next = new CompletableFuture<>();
                Thread waiting = new Thread(() -> {
                    try {
                        next.complete(pool.borrow());
                    } catch (Exception e) {
                        next.completeExceptionally(e);
                    }
                });
                waiting.start();
                await().pollInterval(Duration.ofMillis(5))
                        .until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
                pool.discard(broken);
                try (Connection connection = next.get()) {
                    assertThat(connection.isValid(10)).isTrue();
                }
            }
        } finally {
            pool.close();
        }
    }

    private static PostgresSettings ofOneConnection(PostgresSettings settings) {
        return new PostgresSettings(
                settings.app(),
                settings.url(),
                settings.username(),
                settings.password(),
                settings.dataSourceName(),
                settings.schema(),
                settings.table(),
                settings.touchInterval(),
                1,
                settings.connectTimeout());
    }
}

package dev.holdfast.it.holdfast;

import dev.holdfast.it.node.Guardian;
import dev.holdfast.testdb.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Starts the PostgreSQL of {@link TestPostgres} so that it ends with this JVM even if that is killed. */
public final class Database {
    private Database() {}

    public static TestPostgres start() {
        return guarded(TestPostgres.start());
    }

    /** Never in Docker. */
    public static TestPostgres startUncontained() {
        return guarded(TestPostgres.startUncontained());
    }

    private static TestPostgres guarded(TestPostgres postgres) {
        if (System.getProperty("holdfast.test.url", "").isBlank()) {
            guard(postgres);
        }
        return postgres;
    }

    /** One in Docker ends by itself; its folder is not on this machine. */
    private static void guard(TestPostgres postgres) {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet folder = statement.executeQuery("show data_directory")) {
            folder.next();
            Path data = Path.of(folder.getString(1));
            if (Files.exists(data.resolve("postmaster.pid"))
                    && data.getParent().getFileName().toString().startsWith("holdfast-")) {
                Guardian.get().watchPostgres(data);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not tell where its data are", e);
        }
    }
}

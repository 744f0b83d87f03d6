package dev.holdfast.store;

import java.security.SecureRandom;
import java.time.Duration;

/** A role that may log in and nothing else, until the test grants it more. Close it before its table. */
final class DatabaseRole implements AutoCloseable {
    private static final String PASSWORD = "only-for-tests";

    private final PostgresTable table;
    private final String name = "hf_role_" + Integer.toUnsignedString(new SecureRandom().nextInt(), 36);

    DatabaseRole(PostgresTable table) {
        this.table = table;
        table.update("create role " + name + " login password '" + PASSWORD + "'");
    }

    String name() {
        return name;
    }

    /** {@code grant WHAT to} this role. */
    DatabaseRole granted(String what) {
        table.update("grant " + what + " to " + name);
        return this;
    }

    /** What the application's role needs, and no more. */
    DatabaseRole grantedRows() {
        return granted("usage on schema " + table.schema())
                .granted("select, insert, update, delete on " + table.name());
    }

    DatabaseRole set(String setting) {
        table.update("alter role " + name + " set " + setting);
        return this;
    }

    PostgresSettings settings() {
        PostgresSettings owner = table.settings();
        return new PostgresSettings(
                owner.app(),
                owner.url(),
                name,
                PASSWORD,
                null,
                owner.schema(),
                owner.table(),
                owner.touchInterval(),
                owner.maxConnections(),
                Duration.ofSeconds(10));
    }

    PostgresSessionStore store() {
        return table.store(settings());
    }

    @Override
    public void close() {
        table.update("drop owned by " + name + " cascade");
        table.update("drop role " + name);
    }
}

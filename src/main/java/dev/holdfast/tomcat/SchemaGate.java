package dev.holdfast.tomcat;

import dev.holdfast.store.SessionStore;

/**
 * Makes the table before the first session is asked for, at the start if the database answers then, otherwise as soon as it does.
 * Safe for use by many threads.
 */
final class SchemaGate {
    private final SessionStore store;
    private volatile boolean open;

    SchemaGate(SessionStore store, boolean createSchema) {
        this.store = store;
        this.open = !createSchema;
    }

    /**
     * Costs nothing once it has succeeded.
     *
     * @throws dev.holdfast.HoldfastException if there is no table and it could not be made
     */
    void open() {
        if (!open) {
            synchronized (this) {
                if (!open) {
                    store.createSchema();
                    open = true;
                }
            }
        }
    }
}

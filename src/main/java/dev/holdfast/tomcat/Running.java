package dev.holdfast.tomcat;

import dev.holdfast.HoldfastException;
import dev.holdfast.codec.CodecSettings;
import dev.holdfast.codec.SessionCodec;
import dev.holdfast.session.EngineSettings;
import dev.holdfast.session.EntryCodec;
import dev.holdfast.session.SessionEngine;
import dev.holdfast.store.PostgresSessionStore;
import dev.holdfast.store.SessionStore;
import dev.holdfast.store.StoreUnavailableException;
import java.util.Objects;
import java.util.function.Predicate;

/** What a manager consists of between its start and its stop. */
record Running(
        SessionStore store,
        EntryCodec codec,
        SessionEngine engine,
        SchemaGate schema,
        ExpirySweep sweep,
        AuthenticatorLook authenticatorLook)
        implements AutoCloseable {
    private static final int MAX_DEPTH = 100_000;

    /**
     * Puts a manager's parts together. A database that does not answer is said in the log and no error: it may come yet.
     *
     * @throws HoldfastException if there is no table and it could not be made, or the database's answers say that it never will
     *     be usable like this
     */
    static Running start(PostgresSessionManager manager, ManagerSettings.Valid valid) {
        String app = manager.getContext().getName();
        ClassLoader loader =
                Objects.requireNonNull(manager.applicationClassLoader(), "a context that is starting has a loader");
        SessionStore store = new PostgresSessionStore(valid.store());
        SchemaGate schema = new SchemaGate(store, valid.createSchema());
        try {
            schema.open();
        } catch (StoreUnavailableException e) {
            manager.log()
                    .error(manager.prefix() + "the database cannot be used yet. Requests that need a session are "
                            + "answered with 503 until it can. " + e.getMessage());
        } catch (HoldfastException e) {
            store.close();
            throw e;
        }
        EntryCodec codec = new EntryCodec(
                codec(loader, manager.storableClasses(), valid.maxSessionBytes()),
                codec(loader, c -> true, valid.maxSessionBytes()));
        SessionEngine engine = new SessionEngine(
                new EngineSettings(
                        app,
                        manager.storableNames(),
                        valid.touchInterval(),
                        valid.maxSessionBytes(),
                        valid.maxIdleCopies(),
                        valid.maxIdleCopyBytes()),
                store,
                codec,
                valid.crypto(),
                copy -> new HoldfastSession(manager, copy),
                new LoggingListener(manager.log(), manager::prefix));
        return new Running(
                store,
                codec,
                engine,
                schema,
                new ExpirySweep(manager, engine),
                new AuthenticatorLook(manager.getContext(), valid.touchInterval()));
    }

    private static SessionCodec codec(ClassLoader loader, Predicate<String> classFilter, int maxBytes) {
        return new SessionCodec(new CodecSettings(loader, classFilter, AttributeFlags::of, maxBytes, MAX_DEPTH));
    }

    /** Ends within seconds. */
    @Override
    public void close() {
        sweep.close();
        store.close();
        codec.close();
    }
}

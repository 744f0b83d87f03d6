package dev.holdfast.session;

import dev.holdfast.codec.Encoding;
import dev.holdfast.codec.UndecodableException;
import dev.holdfast.crypto.NotAuthenticException;
import dev.holdfast.store.IdHash;
import dev.holdfast.store.SessionRow;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What an operator is told of: each thing is counted each time, and said once. Safe for use by many threads. */
final class Reports {
    private static final int LIMIT = 1_000;

    private final EngineListener listener;
    private final EngineStats stats;
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();

    /** Rows that were refused, by id and revision. */
    private final Set<String> rows = ConcurrentHashMap.newKeySet();

    Reports(EngineListener listener, EngineStats stats) {
        this.listener = listener;
        this.stats = stats;
    }

    void notAuthentic(SessionRow row, NotAuthenticException reason) {
        stats.unreadable.increment();
        if (rows.size() >= LIMIT) {
            rows.clear();
        }
        if (rows.add(row.idHash() + " " + row.revision())) {
            listener.notAuthentic(row.idHash(), reason);
        }
    }

    void undecodable(IdHash id, UndecodableException reason) {
        stats.unreadable.increment();
        listener.undecodable(id, reason);
    }

    void notStored(IdHash id, Encoding.Refusal refusal) {
        stats.notStored.increment();
        if (refusals.size() < LIMIT && refusals.add(refusal.path() + ": " + refusal.reason())) {
            String plain = EntryName.plain(refusal.name());
            String path = refusal.path().startsWith(refusal.name())
                    ? plain + refusal.path().substring(refusal.name().length())
                    : refusal.path();
            listener.notStored(id, new Encoding.Refusal(plain, path, refusal.reason()));
        }
    }
}

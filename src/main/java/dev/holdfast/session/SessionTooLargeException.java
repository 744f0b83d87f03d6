package dev.holdfast.session;

import dev.holdfast.HoldfastException;
import dev.holdfast.codec.Fragment;
import dev.holdfast.store.IdHash;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/** A session has outgrown {@code maxSessionBytes}. It was not saved; the row is as it was before this request. */
public final class SessionTooLargeException extends HoldfastException {
    private static final long serialVersionUID = 1L;

    private SessionTooLargeException(String message) {
        super(message);
    }

    /** Names the largest attributes. */
    static SessionTooLargeException of(IdHash id, RowImage image, int limit) {
        String largest = image.effective().entrySet().stream()
                .filter(entry -> EntryName.isAttribute(entry.getKey()))
                .sorted(Comparator.comparing(
                        (Map.Entry<String, Fragment> entry) -> -entry.getValue().bytes().length))
                .limit(3)
                .map(entry -> EntryName.plain(entry.getKey()) + " ("
                        + entry.getValue().bytes().length + " bytes)")
                .collect(Collectors.joining(", "));
        return new SessionTooLargeException("session " + id + " was not saved: it takes "
                + image.folded().sizeBytes() + " bytes and maxSessionBytes is " + limit
                + ". Its largest attributes: " + largest
                + ". Let the application keep less in the session, or raise maxSessionBytes.");
    }
}

package dev.holdfast.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/** Who uses one session on this node, and does what to it. Safe for use by many threads. */
final class Uses {
    private final Set<SessionUse> requests = Collections.newSetFromMap(new WeakHashMap<>());

    /** What happens outside any request: on threads of the application's own, in a WebSocket, in an error page. */
    private final SessionUse strays = new SessionUse();

    synchronized void join(SessionUse request) {
        requests.add(request);
    }

    synchronized void leave(SessionUse request) {
        requests.remove(request);
    }

    /** How many requests use it now. */
    synchronized int requests() {
        return requests.size();
    }

    SessionUse strays() {
        return strays;
    }

    synchronized List<SessionUse> all() {
        List<SessionUse> all = new ArrayList<>(requests);
        all.add(strays);
        return all;
    }

    /** What has been removed and not saved yet: it stays away, whatever arrives. */
    synchronized Set<String> pendingRemovals() {
        Set<String> pending = new HashSet<>(strays.removed());
        requests.forEach(request -> pending.addAll(request.removed()));
        return pending;
    }
}

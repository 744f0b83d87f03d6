package dev.holdfast.tomcat;

import dev.holdfast.session.ContainerState;
import dev.holdfast.session.SessionCopy;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionEvent;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.authenticator.Constants;
import org.apache.catalina.session.StandardSession;
import org.apache.tomcat.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * A session as Tomcat sees it: Tomcat's own {@link StandardSession}, so that listeners, binding and authentication behave as they
 * always do, over attributes that the engine keeps. One instance serves all requests of the session on this node.
 */
final class HoldfastSession extends StandardSession implements ContainerState {
    private static final long serialVersionUID = 1L;

    private static final String CREATED = "created";
    private static final String AUTH_TYPE = "authType";
    private static final String PRINCIPAL = "principal";
    private static final String NOTE = "note:";

    /** What FORM login must find again on whatever node its next step arrives. User name and password are left out on purpose. */
    private static final List<String> STORED_NOTES = List.of(Constants.SESSION_ID_NOTE, Constants.FORM_REQUEST_NOTE);

    private static final Set<String> PROPERTIES = Stream.concat(
                    Stream.of(CREATED, TIMEOUT, AUTH_TYPE, PRINCIPAL),
                    STORED_NOTES.stream().map(NOTE::concat))
            .collect(Collectors.toUnmodifiableSet());

    private final transient PostgresSessionManager holdfast;
    private final transient SessionCopy copy;
    private transient StoredPrincipal storedPrincipal = StoredPrincipal.NONE;

    HoldfastSession(PostgresSessionManager manager, SessionCopy copy) {
        super(manager);
        this.holdfast = manager;
        this.copy = copy;
        this.attributes = copy.attributes();
        this.isValid = true;
    }

    SessionCopy copy() {
        return copy;
    }

    // Tomcat's side

    /** Whether the session is still there. Its age is no matter here: the database's clock decides when it expires. */
    @Override
    public boolean isValid() {
        return isValid;
    }

    /**
     * Not known here: the session may be in use on another node at this moment. A tool that ends what looks idle on this one, as
     * Tomcat's manager application does, must not end it.
     */
    @Override
    public long getIdleTimeInternal() {
        return 0;
    }

    @Override
    public void endAccess() {
        CommitBarrier.requestRecycled();
        super.endAccess();
        holdfast.afterAccess(this);
    }

    @Override
    public void setPrincipal(@Nullable Principal principal) {
        super.setPrincipal(principal);
        holdfast.changed(id);
    }

    @Override
    public void setMaxInactiveInterval(int seconds) {
        super.setMaxInactiveInterval(seconds);
        holdfast.changed(id);
    }

    /**
     * Ends the session on all nodes, then tells the listeners. If another node or the sweep was faster, it has told them, and the
     * session just becomes invalid here.
     */
    @Override
    public void expire(boolean notify) {
        if (!isValid) {
            return;
        }
        synchronized (this) {
            if (expiring || !isValid) {
                return;
            }
            if (holdfast.end(this)) {
                super.expire(notify);
            } else {
                ended();
            }
        }
    }

    /**
     * Tells the listeners of a session that has been claimed for destruction. A request that found it gone may have marked this
     * object invalid already; that told nobody, and only this call may.
     */
    void expireClaimed() {
        synchronized (this) {
            isValid = true;
            super.expire(true);
        }
    }

    @Override
    public String toString() {
        return "HoldfastSession[" + copy.logName() + "]";
    }

    // The engine's side

    @Override
    public Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(CREATED, creationTime);
        properties.put(TIMEOUT, maxInactiveInterval);
        String type = authType;
        if (type != null) {
            properties.put(AUTH_TYPE, type);
        }
        Principal present = principal;
        if (present != null) {
            if (!storedPrincipal.isOf(present)) {
                storedPrincipal = StoredPrincipal.of(present);
            }
            properties.put(PRINCIPAL, storedPrincipal.stored());
        }
        for (String note : STORED_NOTES) {
            Object value = notes.get(note);
            if (value != null) {
                properties.put(NOTE + note, value);
            }
        }
        return properties;
    }

    @Override
    public Set<String> propertyNames() {
        return PROPERTIES;
    }

    @Override
    public void restore(String name, @Nullable Object value) {
        if (name.startsWith(NOTE)) {
            String note = name.substring(NOTE.length());
            if (value == null) {
                notes.remove(note);
            } else {
                notes.put(note, value);
            }
            return;
        }
        switch (name) {
            case CREATED -> creationTime = value instanceof Long millis ? millis : creationTime;
            case TIMEOUT -> maxInactiveInterval = value instanceof Integer seconds ? seconds : maxInactiveInterval;
            case AUTH_TYPE -> authType = value instanceof String type ? type : null;
            case PRINCIPAL -> {
                storedPrincipal = value == null ? StoredPrincipal.NONE : StoredPrincipal.ofStored(value);
                principal = storedPrincipal.principal();
                holdfast.changed(id);
            }
            default -> {
                // Written by a newer version of Holdfast, which will find it again.
            }
        }
    }

    @Override
    public void accessedAt(long millis) {
        if (millis > lastAccessedTime) {
            lastAccessedTime = millis;
        }
        if (millis > thisAccessedTime) {
            thisAccessedTime = millis;
        }
    }

    @Override
    public void attributeActivated(String name, Object value) {
        if (value instanceof HttpSessionActivationListener listener) {
            try {
                listener.sessionDidActivate(new HttpSessionEvent(getSession()));
            } catch (Throwable t) {
                ExceptionUtils.handleThrowable(t);
                holdfast.log().error("activation listener of an attribute of session " + copy.logName() + " failed", t);
            }
        }
    }

    @Override
    public void renamed(String sessionId) {
        id = sessionId;
    }

    @Override
    public void ended() {
        setValid(false);
        LocalAttributes.unbind(this, holdfast.log());
    }
}

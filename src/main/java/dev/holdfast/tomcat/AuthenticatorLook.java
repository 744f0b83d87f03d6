package dev.holdfast.tomcat;

import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.Authenticator;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.Valve;
import org.apache.catalina.authenticator.NonLoginAuthenticator;
import org.apache.catalina.authenticator.SingleSignOn;
import org.apache.tomcat.util.descriptor.web.LoginConfig;

/**
 * Spares the database the look that Tomcat's authenticator takes into the session of every request that brings a cookie, for
 * static files too. It looks for a principal, which in an application without a login configuration only
 * {@code HttpServletRequest.login} puts there.
 *
 * <p>Why it may be spared: this node has read the session lately and found no principal. If one has come since, then by a login,
 * and a login gives the session another id, under which this node does not know it and looks. So the answer "no session" to this one
 * question means what the session would have said: nobody is logged in. Tomcat asks again when the application wants its session,
 * and that is answered in earnest.
 *
 * <p>Why no session dies of it: it is spared only until the session's next access is due to be recorded. Then the look goes to
 * the database, which keeps the session alive. A time-out that another node has shortened in that while counts from the last use.
 *
 * <p>Not spared: applications with a login configuration, security constraints, single sign-on, a JASPIC provider, an
 * authenticator of their own, or one that leaves the id as it is. A valve that puts a principal into the session by itself,
 * without a new id, is seen by other nodes within a touch interval. Safe for use by many threads.
 */
final class AuthenticatorLook {
    private static final long VERDICT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Context context;
    private final Duration touchInterval;
    private final boolean singleSignOn;
    private final QuietSessions withoutPrincipal = new QuietSessions(System::nanoTime);
    private volatile Verdict verdict = new Verdict(false, false, System.nanoTime());

    /** To be made when the context starts: its authenticator has looked for single sign-on then. */
    AuthenticatorLook(Context context, Duration touchInterval) {
        this.context = context;
        this.touchInterval = touchInterval;
        this.singleSignOn = hasSingleSignOn(context);
    }

    /** Whether this look-up is the authenticator's and would find nothing that it looks for. */
    boolean isSpared(String sessionId) {
        CommitBarrier.Progress progress = CommitBarrier.onThisThread(context);
        return progress != CommitBarrier.Progress.BEHIND_THE_VALVES
                && withoutPrincipal.contains(sessionId)
                && verdict().applies()
                && (isTheOnlyOneToLook(progress) || Callers.areTheAuthenticatorsLook());
    }

    /** Spares the look at the stack where there is nobody else: it takes longer than all the rest of this. */
    private boolean isTheOnlyOneToLook(CommitBarrier.Progress progress) {
        return progress == CommitBarrier.Progress.IN_THE_VALVES && verdict().nobodyElse();
    }

    /**
     * A session has just been looked up in earnest.
     *
     * @param askedNanoTime when that began
     * @param nextTouchNanoTime when its next access must be recorded
     */
    void found(String sessionId, HoldfastSession session, long askedNanoTime, long nextTouchNanoTime) {
        if (!verdict().applies()) {
            return;
        }
        int timeoutSeconds = session.getMaxInactiveInterval();
        long end =
                Math.min(touchInterval.toNanos(), timeoutSeconds > 0 ? timeoutSeconds * 100_000_000L : Long.MAX_VALUE);
        if (nextTouchNanoTime != Long.MAX_VALUE) {
            end = Math.min(end, nextTouchNanoTime - askedNanoTime);
        }
        if (session.getPrincipal() == null) {
            withoutPrincipal.add(sessionId, askedNanoTime + end);
        }
        if (session.getPrincipal() != null || session.getMaxInactiveInterval() != timeoutSeconds) {
            withoutPrincipal.remove(sessionId);
        }
    }

    /** What was known of this session holds no longer: a principal, another time-out, another id, its end. */
    void forget(String sessionId) {
        withoutPrincipal.remove(sessionId);
    }

    void prune() {
        withoutPrincipal.prune();
    }

    /**
     * What was found out about the application, once a second at most.
     *
     * @param applies whether its authenticator's look may be spared
     * @param nobodyElse whether nobody but the authenticator can look for a session on the way through the application's valves
     */
    private record Verdict(boolean applies, boolean nobodyElse, long untilNanoTime) {}

    private Verdict verdict() {
        Verdict last = verdict;
        long now = System.nanoTime();
        if (now - last.untilNanoTime() >= 0) {
            last = new Verdict(applies(), nobodyElse(), now + VERDICT_NANOS);
            verdict = last;
        }
        return last;
    }

    private boolean nobodyElse() {
        Valve last = context.getPipeline().getBasic();
        return !context.getPreemptiveAuthentication()
                && Arrays.stream(context.getPipeline().getValves())
                        .allMatch(valve -> valve instanceof SessionValve
                                || valve instanceof NonLoginAuthenticator
                                || valve == last);
    }

    private boolean applies() {
        LoginConfig login = context.getLoginConfig();
        return !singleSignOn
                && (login == null || "NONE".equals(login.getAuthMethod()))
                && context.findConstraints().length == 0
                && Arrays.stream(context.getPipeline().getValves()).allMatch(AuthenticatorLook::looksAndNoMore)
                && !hasJaspicProvider();
    }

    private static boolean looksAndNoMore(Valve valve) {
        return !(valve instanceof Authenticator)
                || (valve.getClass() == NonLoginAuthenticator.class
                        && ((NonLoginAuthenticator) valve).getChangeSessionIdOnAuthentication());
    }

    /** Asked as the authenticator asks; a provider may come at any time. */
    private boolean hasJaspicProvider() {
        AuthConfigFactory factory = AuthConfigFactory.getFactory();
        ServletContext application = context.getServletContext();
        return factory != null
                && factory.getConfigProvider(
                                "HttpServlet",
                                application.getVirtualServerName() + " " + application.getContextPath(),
                                null)
                        != null;
    }

    private static boolean hasSingleSignOn(Context context) {
        for (Container at = context.getParent(); at != null; at = at.getParent()) {
            if (Arrays.stream(at.getPipeline().getValves()).anyMatch(SingleSignOn.class::isInstance)) {
                return true;
            }
        }
        return false;
    }
}

package dev.holdfast.tomcat;

import dev.holdfast.HoldfastException;
import dev.holdfast.session.RequestScope;
import java.io.IOException;
import java.util.Optional;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ActionHook;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a response and the connector: before the first byte leaves, for whatever reason, the session changes made so far
 * are saved; what changes later is saved before the response ends. Everything that Tomcat sends passes here as an
 * {@link ActionCode} or through the {@link BodyGate}: full buffers, flushes, redirects, error pages, asynchronous completion,
 * non-blocking writes, HTTP/1.1, HTTP/2 and AJP alike.
 *
 * <p>If the save fails before the first byte, the client gets an error and not the page; afterwards the answer is broken off, so
 * that nobody takes it for complete.
 *
 * <p>One instance belongs to one request, from its first pass through the pipeline until its response is closed. While Tomcat runs
 * the request on a thread of its own, what that thread does to sessions is the request's doing: in the pipeline, in an error page,
 * in the listeners of non-blocking and asynchronous requests.
 */
final class CommitBarrier implements ActionHook, RequestScope.Runner {
    private static final String NOTE = CommitBarrier.class.getName();

    private final Request request;
    private final Response response;
    private final PostgresSessionManager manager;
    private final RequestScope scope = new RequestScope();
    private final ConnectorTap tap;
    private final ActionHook processor;
    private final BodyGate gate;

    private volatile int pipelineDepth;
    /**
     * Tomcat's last valve has acknowledged the request in this pass through the pipeline, as it does unless the response is
     * committed: from then on it is the application that asks for sessions.
     */
    private volatile boolean acknowledged;

    private volatile boolean answered;
    /** Nothing more may reach the client: the error is out completely, or the answer was broken off. */
    private volatile boolean over;

    private volatile boolean closed;
    private volatile boolean ended;

    private CommitBarrier(Request request, Response response, PostgresSessionManager manager) {
        this.request = request;
        this.response = response;
        this.manager = manager;
        this.tap = ConnectorTap.on(request.getCoyoteRequest(), response.getCoyoteResponse());
        this.processor = tap.processor();
        this.gate = new BodyGate(this, response.getCoyoteResponse(), tap.body());
    }

    /** The barrier of this request; installed now, if this is the first time that it passes. */
    static CommitBarrier of(Request request, Response response, PostgresSessionManager manager) {
        if (request.getNote(NOTE) instanceof CommitBarrier present) {
            return present;
        }
        CommitBarrier barrier = new CommitBarrier(request, response, manager);
        barrier.tap.open(barrier, barrier.gate);
        request.setNote(NOTE, barrier);
        return barrier;
    }

    /** Ends the barrier whose request this thread is recycling, if it broke off before its response was closed. */
    static void requestRecycled() {
        if (RequestScope.lastRunner().orElse(null) instanceof CommitBarrier barrier && barrier.isRecycled()) {
            barrier.finish();
        }
    }

    /** How far the request on this thread has come. */
    enum Progress {
        /** Between the first valve of the application and its last. */
        IN_THE_VALVES,
        /** In a servlet or filter, or past them. */
        BEHIND_THE_VALVES,
        /** On a thread of which that is not known. */
        UNKNOWN
    }

    static Progress onThisThread(Context context) {
        if (RequestScope.lastRunner().orElse(null) instanceof CommitBarrier barrier && barrier.isRunningHere()) {
            if (barrier.acknowledged) {
                return Progress.BEHIND_THE_VALVES;
            }
            if (barrier.pipelineDepth > 0
                    && barrier.manager.getContext() == context
                    && !barrier.response.isCommitted()) {
                return Progress.IN_THE_VALVES;
            }
        }
        return Progress.UNKNOWN;
    }

    @Override
    public RequestScope scope() {
        return scope;
    }

    @Override
    public boolean isRunningHere() {
        return !ended && !isRecycled() && request.getCoyoteRequest().isRequestThread();
    }

    private boolean isRecycled() {
        return request.getNote(NOTE) != this;
    }

    boolean isOver() {
        return over;
    }

    /** Whether it is the application that writes, rather than Tomcat finishing what it has left. */
    boolean isApplicationRunning() {
        return pipelineDepth > 0 || request.isAsync();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time runs a request's pipeline
    void enterPipeline() {
        if (pipelineDepth == 0) {
            acknowledged = false;
        }
        pipelineDepth++;
        RequestScope.attend(this);
    }

    /**
     * The application has done its work, or started asynchronous work: in the first case everything is saved now, while an error
     * can still be answered as one.
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time runs a request's pipeline
    void leavePipeline() throws IOException {
        if (pipelineDepth > 1) {
            pipelineDepth--;
            return;
        }
        try {
            // What the application has closed itself is over, even if it goes on asynchronously.
            boolean open = request.isAsync() && !closed;
            if (!open) {
                saveUnlessSettled();
            }
            if (scope.failure().isPresent()) {
                answerInPipeline(scope.failure().get());
            } else if (!open && !response.isErrorReportRequired() && !manager.isToldOfRequestsEnds()) {
                // An error page is the application's code again, and so is a listener to the request's end: both may
                // still hold what the servlet held.
                scope.settle();
            }
            if (closed) {
                end();
            }
        } finally {
            pipelineDepth--;
        }
    }

    @Override
    public void action(ActionCode code, @Nullable Object param) {
        if (isRecycled()) {
            // The response was not closed: a client that went away in the last flush.
            end();
            processor.action(code, param);
            return;
        }
        switch (code) {
            case COMMIT, CLIENT_FLUSH -> {
                beforeCommit();
                if (!over) {
                    tellId();
                    processor.action(code, param);
                }
            }
            case ACK -> {
                acknowledged = true;
                processor.action(code, param);
            }
            case CLOSE -> close(code, param);
            case CLOSE_NOW -> {
                processor.action(code, param);
                if (!isApplicationRunning()) {
                    end();
                }
            }
            // Both tell the client something before the header does, the latter in a request of the client's own.
            case EARLY_HINTS, PUSH_REQUEST -> {
                saveUnlessSettled();
                if (!over && scope.failure().isEmpty()) {
                    processor.action(code, param);
                }
            }
            // The first that Tomcat asks when it takes an asynchronous request up again, before it calls any listener.
            case ASYNC_IS_ASYNC -> {
                RequestScope.attend(this);
                processor.action(code, param);
            }
            case ASYNC_RUN -> processor.action(code, param instanceof Runnable task ? inScope(task) : param);
            // The last that Tomcat asks before it recycles the request.
            case IS_ERROR -> {
                processor.action(code, param);
                if (!isApplicationRunning()) {
                    finish();
                }
            }
            default -> processor.action(code, param);
        }
    }

    private Runnable inScope(Runnable task) {
        return () -> {
            RequestScope.Binding bound = scope.bind();
            try {
                task.run();
            } finally {
                bound.close();
            }
        };
    }

    private void beforeCommit() {
        if (answered || response.getCoyoteResponse().isCommitted()) {
            return;
        }
        saveUnlessSettled();
        Optional<HoldfastException> failure = scope.failure();
        if (failure.isEmpty()) {
            return;
        }
        if (pipelineDepth == 0 || !request.getCoyoteRequest().isRequestThread()) {
            answerAtOnce(failure.get());
        }
        if (isApplicationRunning()) {
            // Only an exception stops it. Should it swallow that in the pipeline, the failure is answered when it is
            // done.
            throw failure.get();
        }
    }

    /**
     * A session that this request has renamed goes by the id that it has now: another request may have renamed it since, and an
     * error may have wiped Tomcat's cookie off the answer. A cookie that says so already is left as it is, with whatever the
     * application has added to it.
     */
    private void tellId() {
        if (response.getCoyoteResponse().isCommitted()) {
            return;
        }
        manager.idToTell(scope)
                .filter(id -> response.getHeaders("Set-Cookie").stream().noneMatch(cookie -> cookie.contains("=" + id)))
                .ifPresent(request::changeSessionId);
    }

    private void close(ActionCode code, @Nullable Object param) {
        if (!over && response.getCoyoteResponse().isCommitted() && !answered) {
            saveUnlessSettled();
            if (scope.failure().isPresent()) {
                breakOff();
            }
        } else {
            beforeCommit();
        }
        if (!over) {
            tellId();
            processor.action(code, param);
        }
        closed = true;
        if (pipelineDepth == 0) {
            end();
        }
    }

    private void saveUnlessSettled() {
        HeldSession.of(request).ifPresent(session -> scope.join(session.copy()));
        if (scope.failure().isEmpty() && !scope.isSettled()) {
            save();
        }
    }

    /** Saves with the application's class loader bound, as Tomcat closes responses after it has unbound it. */
    private void save() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader own = manager.applicationClassLoader();
        try {
            if (own != null) {
                thread.setContextClassLoader(own);
            }
            scope.save();
        } catch (HoldfastException e) {
            manager.failed(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Turns the answer into an error by Tomcat's usual way, error pages included. */
    private void answerInPipeline(HoldfastException failure) throws IOException {
        if (answered) {
            return;
        }
        if (response.getCoyoteResponse().isCommitted()) {
            breakOff();
        } else if (request.isAsync()) {
            // Tomcat would wait with an error page until the application completes the request, which it may never do
            // now.
            answerAtOnce(failure);
        } else {
            answered = true;
            ErrorAnswer.of(failure).inPipeline(request, response);
        }
    }

    /** Where there is no pipeline that would make an error page, the client gets the error without one, here and now. */
    private void answerAtOnce(HoldfastException failure) {
        answered = true;
        ErrorAnswer.of(failure).withoutBody(request, response);
        tellId();
        processor.action(ActionCode.COMMIT, null);
        processor.action(ActionCode.CLOSE, null);
        over = true;
    }

    private void breakOff() {
        answered = true;
        over = true;
        CutOff.now(processor, response.getCoyoteResponse());
    }

    /** The request is over, whether or not its response was closed. */
    private void finish() {
        if (!ended && !answered) {
            saveUnlessSettled();
        }
        end();
    }

    /** Takes the barrier away. Idempotent. */
    void end() {
        ended = true;
        tap.close(this, gate);
        try {
            scope.end();
        } catch (HoldfastException e) {
            manager.failed(e);
        }
    }
}

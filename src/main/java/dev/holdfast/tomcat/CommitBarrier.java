package dev.holdfast.tomcat;

import dev.holdfast.HoldfastException;
import dev.holdfast.session.RequestScope;
import dev.holdfast.store.StoreUnavailableException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ActionHook;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a response and the connector: before the first byte leaves, for whatever reason, the session changes made so far
 * are saved; what changes later is saved before the response ends. Everything that Tomcat sends passes here as an
 * {@link ActionCode}: full buffers, flushes, redirects, error pages, asynchronous completion, HTTP/1.1, HTTP/2 and AJP alike.
 *
 * <p>If the save fails before the first byte, the client gets an error and not the page; afterwards the connection is broken, so
 * that nobody takes the answer for complete.
 *
 * <p>One instance belongs to one request, from its first pass through the pipeline until its response is closed.
 */
final class CommitBarrier implements ActionHook {
    /** The hook of a coyote response is for Tomcat's own eyes; there is no other place that sees every commit. */
    private static final VarHandle HOOK;

    private static final String NOTE = CommitBarrier.class.getName();
    private static final String RETRY_AFTER_SECONDS = "5";

    static {
        try {
            HOOK = MethodHandles.privateLookupIn(org.apache.coyote.Response.class, MethodHandles.lookup())
                    .findVarHandle(org.apache.coyote.Response.class, "hook", ActionHook.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(
                    "this version of Tomcat has no org.apache.coyote.Response.hook: Holdfast knows "
                            + "Tomcat 10.1 and 11; please use a Holdfast made for your Tomcat",
                    e);
        }
    }

    private final ActionHook processor;
    private final Request request;
    private final Response response;
    private final PostgresSessionManager manager;
    private final RequestScope scope = new RequestScope();

    private volatile int pipelineDepth;
    private volatile boolean answered;
    private volatile boolean closed;

    private CommitBarrier(ActionHook processor, Request request, Response response, PostgresSessionManager manager) {
        this.processor = processor;
        this.request = request;
        this.response = response;
        this.manager = manager;
    }

    /** The barrier of this request; installed now, if this is the first time that it passes. */
    static CommitBarrier of(Request request, Response response, PostgresSessionManager manager) {
        if (request.getNote(NOTE) instanceof CommitBarrier present) {
            return present;
        }
        org.apache.coyote.Response coyote = response.getCoyoteResponse();
        ActionHook hook = (ActionHook) HOOK.getVolatile(coyote);
        // A request that broke off may have left its barrier on the recycled response.
        ActionHook processor = hook;
        if (hook instanceof CommitBarrier stale) {
            stale.end();
            processor = stale.processor;
        }
        CommitBarrier barrier = new CommitBarrier(processor, request, response, manager);
        HOOK.setVolatile(coyote, barrier);
        request.setNote(NOTE, barrier);
        return barrier;
    }

    RequestScope scope() {
        return scope;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time runs a request's pipeline
    RequestScope.Binding enterPipeline() {
        pipelineDepth++;
        return scope.bind();
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
            if (!open && scope.failure().isEmpty() && !scope.isSettled()) {
                save();
            }
            if (scope.failure().isPresent()) {
                answerInPipeline(scope.failure().get());
            } else if (!open && !response.isErrorReportRequired()) {
                // An error page is the application's code again, and may still hold what the servlet held.
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
        if (request.getNote(NOTE) != this) {
            // The request was recycled without its response having been closed: a client that went away in the last
            // flush.
            end();
            processor.action(code, param);
            return;
        }
        boolean closing = code == ActionCode.CLOSE;
        if (closing || code == ActionCode.COMMIT || code == ActionCode.CLIENT_FLUSH) {
            if (!response.getCoyoteResponse().isCommitted()) {
                beforeCommit();
            } else if (closing && !beforeEnd()) {
                processor.action(ActionCode.CLOSE_NOW, null);
                end();
                return;
            }
        }
        processor.action(code, param);
        if (closing) {
            closed = true;
            if (pipelineDepth == 0) {
                end();
            }
        } else if (code == ActionCode.CLOSE_NOW && pipelineDepth == 0 && !request.isAsync()) {
            end();
        }
    }

    private void beforeCommit() {
        if (answered) {
            return;
        }
        if (scope.failure().isEmpty() && !scope.isSettled()) {
            save();
        }
        Optional<HoldfastException> failure = scope.failure();
        if (failure.isPresent()) {
            if (pipelineDepth > 0 || request.isAsync()) {
                // The application is still writing, and the chunk that it wrote would follow the headers: only an
                // exception
                // stops it. Should the application swallow that, the failure is answered when it is done.
                throw failure.get();
            }
            answerInPlace(failure.get());
        }
    }

    /** @return whether the response may end as complete */
    private boolean beforeEnd() {
        if (!answered && scope.failure().isEmpty() && !scope.isSettled()) {
            save();
        }
        return answered || scope.failure().isEmpty();
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
        answered = true;
        if (response.getCoyoteResponse().isCommitted()) {
            processor.action(ActionCode.CLOSE_NOW, failure);
            return;
        }
        response.setSuspended(false);
        response.reset();
        request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
        if (failure instanceof StoreUnavailableException) {
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
            response.sendError(
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Your session cannot be reached. Please try again.");
        } else {
            response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "Your session could not be saved.");
        }
    }

    /** The pipeline is left behind and the response is on its way: it becomes an error without a body. */
    private void answerInPlace(HoldfastException failure) {
        answered = true;
        response.reset();
        boolean unavailable = failure instanceof StoreUnavailableException;
        response.setStatus(
                unavailable
                        ? HttpServletResponse.SC_SERVICE_UNAVAILABLE
                        : HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        if (unavailable) {
            response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        response.setContentLength(0);
    }

    private void end() {
        HOOK.compareAndSet(response.getCoyoteResponse(), this, processor);
        try {
            scope.end();
        } catch (HoldfastException e) {
            manager.failed(e);
        }
    }
}

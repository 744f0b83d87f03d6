package dev.holdfast.tomcat;

import dev.holdfast.HoldfastException;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Gives each request its scope, saves its sessions when the application has done its work, and answers for it where that failed.
 * Installs itself at the head of the context's pipeline, before any authenticator. Idle while its manager is stopped, and passes
 * on what Tomcat asks of every valve.
 */
final class SessionValve extends ValveBase {
    private final PostgresSessionManager manager;

    SessionValve(PostgresSessionManager manager) {
        // One valve that does not support asynchronous requests would forbid them to the whole context.
        super(true);
        this.manager = manager;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Optional<HoldfastException> early = EarlyFailure.take(request);
        if (!manager.isServing()) {
            getNext().invoke(request, response);
            return;
        }
        CommitBarrier barrier = CommitBarrier.of(request, response, manager);
        barrier.enterPipeline();
        try {
            if (early.isPresent()) {
                barrier.scope().fail(early.get());
            } else {
                getNext().invoke(request, response);
            }
        } catch (HoldfastException e) {
            if (barrier.scope().failure().isEmpty()) {
                throw e;
            }
        } finally {
            barrier.leavePipeline();
        }
    }
}

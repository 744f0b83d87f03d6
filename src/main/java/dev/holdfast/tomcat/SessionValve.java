package dev.holdfast.tomcat;

import dev.holdfast.HoldfastException;
import dev.holdfast.session.RequestScope;
import jakarta.servlet.ServletException;
import java.io.IOException;
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
        if (!manager.isServing()) {
            getNext().invoke(request, response);
            return;
        }
        CommitBarrier barrier = CommitBarrier.of(request, response, manager);
        RequestScope.Binding bound = barrier.enterPipeline();
        try {
            getNext().invoke(request, response);
        } catch (HoldfastException e) {
            if (barrier.scope().failure().isEmpty()) {
                throw e;
            }
        } finally {
            try {
                barrier.leavePipeline();
            } finally {
                bound.close();
            }
        }
    }
}

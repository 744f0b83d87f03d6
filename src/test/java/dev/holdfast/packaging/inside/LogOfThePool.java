package dev.holdfast.packaging.inside;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Logs one line as the pool does, and answers with what java.util.logging got of it. */
public final class LogOfThePool implements Function<Map<String, String>, String> {
    @Override
    public String apply(Map<String, String> input) {
        Logger logger = Logger.getLogger("dev.holdfast.shaded.org.apache.commons.dbcp2.Example");
        Heard heard = new Heard();
        logger.addHandler(heard);
        logger.setUseParentHandlers(false);
        try {
            Class<?> factory = Class.forName("dev.holdfast.shaded.org.apache.commons.logging.LogFactory");
            Object log = factory.getMethod("getLog", String.class).invoke(null, logger.getName());
            // by the interface, as the pool calls it
            Method warn = Class.forName("dev.holdfast.shaded.org.apache.commons.logging.Log")
                    .getMethod("warn", Object.class);
            warn.invoke(log, "a word from the pool");
            return log.getClass().getName() + " " + heard.lines;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } finally {
            logger.removeHandler(heard);
        }
    }

    private static final class Heard extends Handler {
        final List<String> lines = new ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + ": " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}

package dev.holdfast.it.node;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A look into a running JVM of the same user, by the JDK's own tools: nothing has to be switched on in it. */
public final class Jvm {
    private final long pid;

    Jvm(long pid) {
        this.pid = pid;
    }

    /** What is done with a JVM's MBeans. */
    @FunctionalInterface
    public interface JmxWork<T> {
        T with(MBeanServerConnection mbeans) throws JMException, IOException;
    }

    /** Does something with the MBeans. */
    public <T> T jmx(JmxWork<T> work) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address;
            try {
                address = machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
            try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
                return work.with(connector.getMBeanServerConnection());
            }
        } catch (AttachNotSupportedException | JMException e) {
            throw new IllegalStateException("JMX of process " + pid, e);
        } catch (IOException e) {
            throw new UncheckedIOException("JMX of process " + pid, e);
        }
    }

    /** Reloads an application, as Tomcat does it when a watched file has changed. */
    public void reload(String contextPath) {
        jmx(mbeans -> mbeans.invoke(
                new ObjectName("Catalina:j2eeType=WebModule,name=//localhost" + contextPath
                        + ",J2EEApplication=none,J2EEServer=none"),
                "reload",
                null,
                null));
    }

    /** How many live objects of exactly this class there are; collects garbage first. */
    public int liveObjects(String className) {
        return jcmd("GC.class_histogram")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[3].equals(className))
                .mapToInt(columns -> Integer.parseInt(columns[1]))
                .sum();
    }

    /** All threads with their stacks. */
    public String threads() {
        return jcmd("Thread.print");
    }

    private String jcmd(String command) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("jcmd " + command + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}

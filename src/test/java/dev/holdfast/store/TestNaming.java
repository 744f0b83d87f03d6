package dev.holdfast.store;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;

/** A directory to look names up in, as a container would have one. Public, because JNDI makes it by its name. */
public final class TestNaming implements InitialContextFactory {
    private static final Map<String, Entry> ENTRIES = new ConcurrentHashMap<>();

    /** What a lookup does. */
    interface Entry {
        Object lookUp() throws NamingException;
    }

    static void install() {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, TestNaming.class.getName());
    }

    static void remove() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
        ENTRIES.clear();
    }

    static void bind(String name, Entry entry) {
        ENTRIES.put(name, entry);
    }

    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) {
        return (Context) Proxy.newProxyInstance(
                TestNaming.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("lookup")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    Entry entry = ENTRIES.get(String.valueOf(arguments[0]));
                    if (entry == null) {
                        throw new NameNotFoundException("Name [" + arguments[0] + "] is not bound");
                    }
                    return entry.lookUp();
                });
    }
}

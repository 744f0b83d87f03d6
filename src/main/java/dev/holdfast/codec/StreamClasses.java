package dev.holdfast.codec;

import java.io.ObjectStreamClass;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.Set;

/**
 * Which classes one Java serialization stream may name. The filter is asked about each, save a superclass of one that it has
 * admitted: such a descriptor only says how the parts of the subclass's instances are written.
 */
final class StreamClasses {
    private final ClassLookup lookup;
    private final Set<String> superclasses = new HashSet<>();

    StreamClasses(ClassLookup lookup) {
        this.lookup = lookup;
    }

    void requireAdmitted(Class<?> type) {
        if (!superclasses.contains(type.getName())) {
            String refused = lookup.refusedName(type);
            if (refused != null) {
                throw new Refused("class " + refused + " is refused by the class filter");
            }
            admitSuperclasses(type);
        }
    }

    Class<?> resolve(ObjectStreamClass descriptor) {
        String name = descriptor.getName();
        Class<?> type = superclasses.contains(name) ? lookup.find(name) : lookup.load(name);
        admitSuperclasses(type);
        return type;
    }

    Class<?> resolveProxy(String[] interfaceNames) {
        Class<?>[] interfaces = new Class<?>[interfaceNames.length];
        ClassLoader loader = lookup.loader();
        for (int i = 0; i < interfaces.length; i++) {
            interfaces[i] = lookup.load(interfaceNames[i]);
            if (!Modifier.isPublic(interfaces[i].getModifiers())) {
                loader = interfaces[i].getClassLoader();
            }
        }
        return Proxy.newProxyInstance(loader, interfaces, (proxy, method, arguments) -> null)
                .getClass();
    }

    private void admitSuperclasses(Class<?> type) {
        for (Class<?> up = type.getSuperclass(); up != null && up != Object.class; up = up.getSuperclass()) {
            superclasses.add(up.getName());
        }
    }
}

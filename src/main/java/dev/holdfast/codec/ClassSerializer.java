package dev.holdfast.codec;

import java.lang.reflect.Proxy;

/** A class by its name. The filter is asked about it as if it were that of an instance. */
final class ClassSerializer extends GraphSerializer<Class<?>> {
    @Override
    void write(Graph graph, GraphOutput out, Class<?> value) {
        String refused = graph.context().classes().refusedName(value);
        if (refused != null) {
            throw new Refused("class " + refused + " is refused by the class filter");
        }
        if (value.isHidden() || Proxy.isProxyClass(value)) {
            throw new Refused("class " + value.getName() + " was made at run time: no other node could find it");
        }
        out.text(value.getName());
    }

    @Override
    Class<?> read(Graph graph, GraphInput in) {
        return graph.context().classes().load(in.text());
    }

    @Override
    void skip(Graph graph, GraphInput in) {
        in.skipText();
    }
}

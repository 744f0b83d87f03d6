package com.example.shop.web;

import com.example.shop.Cart;
import com.example.shop.Customer;
import com.example.shop.EventLog;
import com.example.shop.Item;
import com.example.shop.Visit;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Map;

/** The session as the application sees it, as JSON. Looks, and changes nothing. */
public class StatusServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json json = new Json().open('{').name("node").value(System.getProperty("shop.node", "this server"));
        HttpSession session = request.getSession(false);
        json.name("requestedId").value(request.getRequestedSessionId());
        json.name("session");
        if (session == null) {
            json.value(null);
        } else {
            json.open('{');
            describe(json, request, session);
            json.close('}');
        }
        json.name("events").open('{');
        for (Map.Entry<String, Integer> count : EventLog.counts().entrySet()) {
            json.name(count.getKey()).value(count.getValue());
        }
        json.close('}').close('}');
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().print(json);
    }

    private static void describe(Json json, HttpServletRequest request, HttpSession session) {
        Customer customer = (Customer) session.getAttribute("customer");
        Visit visit = (Visit) session.getAttribute("visit");
        Cart cart = (Cart) session.getAttribute("cart");
        json.name("id").value(session.getId());
        json.name("customer").value(customer == null ? null : customer.getName());
        json.name("remoteUser").value(request.getRemoteUser());
        json.name("created").value(session.getCreationTime());
        json.name("lastAccessed").value(session.getLastAccessedTime());
        json.name("timeoutSeconds").value(session.getMaxInactiveInterval());
        json.name("label").value(visit == null ? null : visit.getLabel());
        json.name("pages").value(visit == null ? 0 : visit.getPages());
        json.name("cart").open('[');
        if (cart != null) {
            for (Item item : cart.getItems()) {
                json.open('{').name("sku").value(item.getSku());
                json.name("name").value(item.getName());
                json.name("priceInCents").value(item.getPriceInCents());
                json.name("quantity").value(item.getQuantity()).close('}');
            }
        }
        json.close(']');
        json.name("totalInCents").value(cart == null ? 0 : cart.getTotalInCents());
    }
}

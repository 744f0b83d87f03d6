package com.example.shop.web;

import com.example.shop.Cart;
import com.example.shop.Catalogue;
import com.example.shop.Item;
import com.example.shop.Visit;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** Puts things into the cart and takes them out, then shows the shop again. */
public class CartServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession();
        Visit visit = (Visit) session.getAttribute("visit");
        if (visit == null) {
            String label = request.getParameter("label");
            visit = new Visit(label == null ? "visitor" : label);
            session.setAttribute("visit", visit);
        }
        visit.count();
        Cart cart = (Cart) session.getAttribute("cart");
        if (cart == null) {
            cart = new Cart();
            session.setAttribute("cart", cart);
        }
        String sku = request.getParameter("sku");
        if ("remove".equals(request.getParameter("action"))) {
            cart.remove(sku);
        } else {
            Item product = Catalogue.find(sku);
            if (product == null) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND, "no such product");
                return;
            }
            cart.add(product);
        }
        response.sendRedirect(request.getContextPath() + "/index.jsp");
    }
}

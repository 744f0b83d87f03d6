package com.example.shop.web;

import com.example.shop.Customer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** The shop's own login, beside the container's: a form, a bean in the session, and a new session id. */
public class LoginServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String user = request.getParameter("user");
        if (user == null || user.isEmpty() || !"open sesame".equals(request.getParameter("password"))) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, "wrong user or password");
            return;
        }
        HttpSession session = request.getSession();
        request.changeSessionId();
        session.setAttribute("customer", new Customer(user));
        response.sendRedirect(request.getContextPath() + "/index.jsp");
    }
}

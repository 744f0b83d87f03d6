/**
 * A shop as people wrote them in 2005, which knows nothing of Holdfast: beans in the session, changed in place and never
 * set again; listeners; servlets and JSPs by name in web.xml.
 */
package com.example.shop;

/** The shop's servlets, named in web.xml. */
package com.example.shop.web;

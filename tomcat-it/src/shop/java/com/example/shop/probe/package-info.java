/** A servlet that does to its session whatever a test asks. No part of a shop; tests need it. */
package com.example.shop.probe;

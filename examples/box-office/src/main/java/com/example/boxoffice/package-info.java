/**
 * A box office: {@link com.example.boxoffice.BoxOffice} answers the calls, {@link
 * com.example.boxoffice.Seating} has the rules, and {@link com.example.boxoffice.Buyer} is somebody
 * who calls.
 */
package com.example.boxoffice;

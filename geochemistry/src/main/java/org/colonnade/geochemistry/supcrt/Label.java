package org.colonnade.geochemistry.supcrt;

/**
 * Who a species is.
 *
 * @param name unique in its database, case-sensitive
 * @param formula as printed
 * @param abbreviation short name of the source, may be empty
 * @param reference code of the source of its data; several are joined by an ampersand
 * @param date as the source gives it, may be empty
 * @param composition elements and charge
 */
public record Label(
        String name, String formula, String abbreviation, String reference, String date, Composition composition) {}

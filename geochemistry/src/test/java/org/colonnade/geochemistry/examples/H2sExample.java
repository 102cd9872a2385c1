package org.colonnade.geochemistry.examples;

import org.colonnade.geochemistry.h2s.Duan2007;
import org.colonnade.geochemistry.h2s.GasSystem;
import org.colonnade.geochemistry.h2s.GasTables;
import org.colonnade.geochemistry.h2s.Interpolation;

/** H2S in pure water: the table beside the independent model. */
public final class H2sExample {

    private H2sExample() {}

    public static void main(String[] args) {
        var tables = new GasTables();
        for (double bar = 50; bar <= 200; bar += 50) {
            var table = tables.at(GasSystem.H2S, Interpolation.TRILINEAR, 348.15, 0, bar);
            var model = Duan2007.at(348.15, bar, 0);
            System.out.printf(
                    "%3.0f bar: x = %s (table), %s (Duan 2007)%n",
                    bar, table.value().moleFraction(), model.value().moleFraction());
        }
    }
}

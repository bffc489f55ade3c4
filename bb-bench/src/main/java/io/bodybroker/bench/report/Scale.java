package io.bodybroker.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * From values to places on a line.
 *
 * @param from where the least value is, in pixels
 * @param to where the greatest is
 */
record Scale(boolean isLog, double least, double greatest, double from, double to) {
  /** From zero up to a round number. */
  static Scale linear(double greatest, double from, double to) {
    double step = step(greatest);
    return new Scale(false, 0, Math.max(step, Math.ceil(greatest / step - 1e-9) * step), from, to);
  }

  /** A little wider than the values. */
  static Scale log(double least, double greatest, double from, double to) {
    double low = Math.max(least, Double.MIN_NORMAL);
    double high = Math.max(greatest, low);
    return high / low < 1.5
        ? new Scale(true, low / 1.5, high * 1.5, from, to)
        : new Scale(true, low, high, from, to);
  }

  double at(double value) {
    double share =
        isLog
            ? Math.log(Math.clamp(value, least, greatest) / least) / Math.log(greatest / least)
            : (value - least) / (greatest - least);
    return from + share * (to - from);
  }

  private static double step(double greatest) {
    if (greatest <= 0) {
      return 1;
    }
    double rough = greatest / 4;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double digit = rough / power;
    if (digit <= 1) {
      return power;
    }
    if (digit <= 2) {
      return 2 * power;
    }
    return digit <= 5 ? 5 * power : 10 * power;
  }

  /** Round values on it, about five. */
  List<Double> ticks() {
    var ticks = new ArrayList<Double>();
    if (!isLog) {
      double step = step(greatest);
      for (int i = 0; i * step <= greatest * (1 + 1e-9); i++) {
        ticks.add(i * step);
      }
      return ticks;
    }
    double decades = Math.log10(greatest / least);
    int every = (int) Math.max(1, Math.ceil(decades / 6));
    int first = (int) Math.floor(Math.log10(least));
    for (int power = first; power <= Math.log10(greatest) + 1; power += every) {
      for (int digit : decades > 3 ? new int[] {1} : new int[] {1, 2, 5}) {
        double value = digit * Math.pow(10, power);
        if (value >= least * 0.999 && value <= greatest * 1.001) {
          ticks.add(value);
        }
      }
    }
    return ticks;
  }
}

package io.bodybroker.performancemode.quality;

import io.bodybroker.performancemode.v1.Budget;
import io.bodybroker.performancemode.v1.BudgetState;
import io.bodybroker.performancemode.v1.BudgetUse;
import io.bodybroker.performancemode.v1.Metrics;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.sdk.time.ProtoTimes;
import java.util.List;

/** What budgets may be, and how they fare. */
public final class Budgets {
  private static final double WARNING = 0.8;
  private static final double WORST = 1.5;
  private static final double LEAST_QUALITY = 0.5;

  private Budgets() {}

  static void check(Budget budget) {
    switch (budget.getType()) {
      case FRAME_TIME -> check(budget.getLimit(), 1, 1000, "0, or 1 to 1000 (milliseconds)");
      case MEMORY -> check(budget.getLimit(), 256, 1 << 20, "0, or 256 to 1048576 (MiB)");
      default -> check(budget.getLimit(), 0.05, 1, "0, or 0.05 to 1 (share)");
    }
  }

  private static void check(double limit, double least, double most, String expected) {
    if (limit != 0 && (limit < least || limit > most)) {
      throw ServiceException.invalidArgument("limit", limit, expected);
    }
  }

  /** How each fares. */
  public static List<BudgetUse> uses(List<Budget> budgets, Metrics metrics) {
    return budgets.stream().map(budget -> use(budget, metrics)).toList();
  }

  private static BudgetUse use(Budget budget, Metrics metrics) {
    double used =
        switch (budget.getType()) {
          case FRAME_TIME -> ProtoTimes.duration(metrics.getAverageFrameTime()).toNanos() / 1e6;
          case MEMORY -> metrics.getMemoryMib();
          case CPU -> metrics.getCpu();
          default -> metrics.getGpu();
        };
    return BudgetUse.newBuilder()
        .setBudget(budget)
        .setUsed(used)
        .setState(state(used / budget.getLimit()))
        .build();
  }

  static BudgetState state(double share) {
    if (share > 1) {
      return BudgetState.VIOLATED;
    }
    return share > WARNING ? BudgetState.WARNING : BudgetState.WITHIN;
  }

  /** By how much to scale the quality: by what the most overdrawn strict budget asks for. */
  public static double qualityScale(List<BudgetUse> uses) {
    return uses.stream()
        .filter(use -> use.getBudget().getStrict())
        .mapToDouble(use -> scale(use.getUsed() / use.getBudget().getLimit()))
        .min()
        .orElse(1);
  }

  /** 1 up to the warning, a half from the worst on, and evenly in between. */
  static double scale(double share) {
    double way = Math.clamp((share - WARNING) / (WORST - WARNING), 0, 1);
    return 1 - way * (1 - LEAST_QUALITY);
  }
}

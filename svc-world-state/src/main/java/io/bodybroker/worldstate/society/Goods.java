package io.bodybroker.worldstate.society;

import io.bodybroker.worldstate.v1.Resource;
import java.util.List;

/**
 * What is traded, in quiet times.
 *
 * @param basePrice what one costs
 * @param volatility how much chance moves its price
 * @param demand how much it is wanted at that price, 0 to 1
 */
record Goods(Resource resource, double basePrice, double volatility, double demand) {
  /** All there is. */
  static final List<Goods> ALL =
      List.of(
          new Goods(Resource.ENERGY, 100, 0.15, 0.8),
          new Goods(Resource.MATERIALS, 50, 0.12, 0.9),
          new Goods(Resource.TECHNOLOGY, 200, 0.20, 0.6),
          new Goods(Resource.FOOD, 30, 0.08, 1.0),
          new Goods(Resource.MEDICINE, 150, 0.10, 0.7),
          new Goods(Resource.LUXURY, 300, 0.25, 0.4));

  static Goods of(Resource resource) {
    return ALL.stream()
        .filter(goods -> goods.resource() == resource)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nobody trades " + resource));
  }
}

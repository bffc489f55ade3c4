package io.bodybroker.bench.report;

import java.util.Locale;

/**
 * The colours of a report. Those of contenders are from Okabe and Ito's palette, which people with
 * any colour vision can tell apart, darker or lighter where the background needs it.
 */
enum Hue {
  BACK("#ffffff", "#14181e"),
  CARD("#f6f8fa", "#1c2129"),
  INK("#17202c", "#e8ebf0"),
  SOFT("#566172", "#a3adba"),
  GRID("#dfe4ea", "#333b47"),
  GOOD("#00694a", "#4fd1a0"),
  BAD("#b3261e", "#ff9a8f"),
  OURS_1("#0072b2", "#58b1f5"),
  OURS_2("#3fa0dc", "#a9d8fb"),
  OTHER_1("#d98a00", "#f0b23e"),
  OTHER_2("#009e73", "#36c79e"),
  OTHER_3("#bb5f94", "#e5a0c8"),
  OTHER_4("#7b8794", "#aab4c0"),
  OTHER_5("#c04f00", "#ff9352"),
  OTHER_6("#6a4c93", "#b9a0e0");

  private final String light;
  private final String dark;

  Hue(String light, String dark) {
    this.light = light;
    this.dark = dark;
  }

  private String variable() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As a page's style sheet has it, light or dark as the reader's system is. */
  String onPage() {
    return "var(" + variable() + ")";
  }

  /** For an image file, which is light wherever it is shown. */
  String inFile() {
    return light;
  }

  /** What defines them all for a page. */
  static String styleSheet() {
    var lights = new StringBuilder();
    var darks = new StringBuilder();
    for (Hue hue : values()) {
      lights.append(hue.variable()).append(':').append(hue.light).append(';');
      darks.append(hue.variable()).append(':').append(hue.dark).append(';');
    }
    return ":root{color-scheme:light dark;%s}\n@media (prefers-color-scheme:dark){:root{%s}}\n"
        .formatted(lights, darks);
  }
}

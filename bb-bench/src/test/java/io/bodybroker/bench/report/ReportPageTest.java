package io.bodybroker.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportPageTest {
  private static final Report REPORT = ReportFixture.report();

  private static Document parse(String xml) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }

  private static Element[] elements(Document document, String name) {
    var found = document.getElementsByTagNameNS("*", name);
    return IntStream.range(0, found.getLength()).mapToObj(found::item).toArray(Element[]::new);
  }

  @Test
  void isWellFormedAndNeedsNothingElse() throws Exception {
    String page = ReportPage.of(REPORT);
    var document = parse(page);
    assertThat(elements(document, "img")).isEmpty();
    assertThat(elements(document, "link")).isEmpty();
    assertThat(elements(document, "script")).isEmpty();
    assertThat(page.replace("http://www.w3.org/", ""))
        .doesNotContain("http:", "https:", "url(", "@import");
  }

  @Test
  void hasEveryChartTwiceWithTitleDescriptionAndFigures() throws Exception {
    var document = parse(ReportPage.of(REPORT));
    int charts = REPORT.sections().stream().mapToInt(section -> section.charts().size()).sum();
    assertThat(elements(document, "figure")).hasSize(charts);
    assertThat(elements(document, "desc")).hasSize(2 * charts);
    for (Element figure : elements(document, "figure")) {
      assertThat(figure.getElementsByTagNameNS("*", "table").getLength()).isOne();
    }
  }

  @Test
  void hasEachIdOnce() throws Exception {
    assertThat(
            Arrays.stream(elements(parse(ReportPage.of(REPORT)), "*"))
                .map(element -> element.getAttribute("id"))
                .filter(id -> !id.isEmpty()))
        .doesNotHaveDuplicates();
  }

  @Test
  void drawsNothingOutsideOfTheImage() throws Exception {
    for (Element svg : elements(parse(ReportPage.of(REPORT)), "svg")) {
      String[] box = svg.getAttribute("viewBox").split(" ", -1);
      var texts = svg.getElementsByTagNameNS("*", "text");
      for (int i = 0; i < texts.getLength(); i++) {
        var text = (Element) texts.item(i);
        double x = Double.parseDouble(text.getAttribute("x"));
        double width =
            Svg.width(text.getTextContent(), Double.parseDouble(text.getAttribute("font-size")));
        double left =
            switch (text.getAttribute("text-anchor")) {
              case "end" -> x - width;
              case "middle" -> x - width / 2;
              default -> x;
            };
        assertThat(left).as(text.getTextContent()).isGreaterThanOrEqualTo(-2);
        assertThat(left + width)
            .as(text.getTextContent())
            .isLessThanOrEqualTo(Double.parseDouble(box[2]) + 2);
        assertThat(Double.parseDouble(text.getAttribute("y")))
            .isBetween(0.0, Double.parseDouble(box[3]));
      }
    }
  }

  @Test
  void tellsFirstHowManyGoalsAreMet() {
    assertThat(ReportPage.of(REPORT))
        .contains("<h1>Body Broker NATS, measured: 3 of 5 goals met</h1>")
        .containsSubsequence(
            "<h3>Missed</h3>", "✗ missed", "<h3>Met</h3>", "✓ met", "1 without a goal");
  }

  @Test
  void writesEachChartAsAnImageByItself(@TempDir Path folder) throws Exception {
    var files = ReportPage.writeCharts(REPORT, folder.resolve("charts"));
    assertThat(files).hasSize(10);
    for (Path file : files) {
      String svg = Files.readString(file);
      parse(svg);
      assertThat(svg).doesNotContain("var(");
    }
  }

  @Test
  void givesAContenderTheSameColourInAllCharts() {
    var contenders = Contenders.of(REPORT);
    assertThat(contenders.hue("sdk")).isEqualTo(Hue.OURS_1);
    assertThat(contenders.hue("raw"))
        .isNotIn(contenders.hue("gRPC"), contenders.hue("nats service"));
  }

  @Test
  void givesEachContenderAColourOfItsOwnAsLongAsThereAreSome() {
    var chart = new ChartBuilder("x", "X", Chart.Kind.BARS, "", "s", Chart.Best.LESS);
    var names = List.of("sdk", "sdk, default", "sdk, always", "raw", "gRPC", "a", "b");
    names.forEach(name -> chart.add(name, "x", Stat.of(1)));
    var contenders = Contenders.of(chart.build());
    assertThat(names).extracting(contenders::hue).doesNotHaveDuplicates();
  }
}

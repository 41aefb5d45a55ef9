package dev.ragline.filter;

import java.util.ArrayList;
import java.util.List;

/** Puts filters together without levels that mean nothing. */
final class Flat {
  private Flat() {}

  static Filter and(List<Filter> sides) {
    List<Filter> all = new ArrayList<>();
    for (Filter side : sides) {
      if (side instanceof Filter.And(List<Filter> of)) {
        all.addAll(of);
      } else {
        all.add(side);
      }
    }
    return all.contains(Filter.NONE) ? Filter.NONE : one(all, new Filter.And(all));
  }

  static Filter or(List<Filter> sides) {
    List<Filter> all = new ArrayList<>();
    for (Filter side : sides) {
      if (side instanceof Filter.Or(List<Filter> of)) {
        all.addAll(of);
      } else {
        all.add(side);
      }
    }
    return all.contains(Filter.ALL) ? Filter.ALL : one(all, new Filter.Or(all));
  }

  private static Filter one(List<Filter> all, Filter together) {
    return all.size() == 1 ? all.getFirst() : together;
  }
}

"""The week as a household wrote it: which mode its panel is to be armed in, and when.

The schedule reads the clock on the wall of the home, minute by minute, and the hand of that clock
never goes back. So, where the clocks change:

- Skipped time is never shown. A window that begins in it begins at the jump, one that ends in it
  ends at the jump, and one that lies in it altogether does not happen that day.
- In doubled time the hand waits at the last minute before the clock was set back, until the time
  is shown anew. So everything happens once, at the first showing, and nothing twice.

A window belongs to the days on which it begins; one that ends at or before the minute it begins
goes on until that minute of the next day.

Windows of one mode may overlap and then count as one. Windows of different modes that want the
same minute are refused: nobody could say which of them was meant.

A window concerns one area, or every one. Each area follows the windows that concern it as if there
were no others; an area that no window concerns is never changed by the schedule.
"""

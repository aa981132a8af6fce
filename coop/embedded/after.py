"""Run a command once the pages answer: `python after.py ADDRESS COMMAND …`.

The parts of the house start on the same few cores. Whoever waits for the first page should not wait
for the others, so they stand back until it is there, half a minute at most. Standard library only:
waiting costs next to nothing.
"""

import os
import sys
import time
import urllib.error
import urllib.request

AT_MOST = 30


def main(address, command):
    """Wait for any answer at the address, then become the command."""
    began = time.monotonic()
    while time.monotonic() - began < AT_MOST:
        try:
            urllib.request.urlopen(address, timeout=2).close()
            break
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.3)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

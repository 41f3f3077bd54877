"""Documents in Word, worded the way offices word them."""

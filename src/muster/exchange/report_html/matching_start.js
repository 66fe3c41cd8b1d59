// Draw the page.

drawMatching();

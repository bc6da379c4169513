"""Financial statements: balance sheet, income statement, flows, and those of the company's own."""

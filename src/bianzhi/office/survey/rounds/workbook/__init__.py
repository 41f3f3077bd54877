"""A sheet as an Excel workbook: sent out, taken back, handed back marked."""

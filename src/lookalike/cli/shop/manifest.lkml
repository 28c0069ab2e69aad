project_name: "shop"

constant: currency_format {
  value: "$#,##0.00"
}

view: order_items {
  dimension: id { primary_key: yes  type: number  sql: ${TABLE}.id ;; }
  dimension: order_id { type: number  sql: ${TABLE}.order_id ;; }
  dimension: product_id { type: number  sql: ${TABLE}.product_id ;; }
  dimension: sale_price { type: number  sql: ${TABLE}.sale_price ;; }
  dimension: quantity { type: number  sql: ${TABLE}.quantity ;; }
  dimension: is_returned { type: yesno  sql: ${TABLE}.returned_at IS NOT NULL ;; }

  measure: count { type: count }
  measure: total_revenue { type: sum  sql: ${sale_price} ;; }
  measure: total_quantity { type: sum  sql: ${quantity} ;; }
  measure: returned_revenue { type: sum  sql: ${sale_price} ;;  filters: [is_returned: "yes"] }
  measure: average_price { type: average  sql: ${sale_price} ;; }
}
